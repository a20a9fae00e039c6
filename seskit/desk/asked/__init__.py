"""Questions asked in plain words: found by everyday words, asked step by step, each with an example that is answered."""
