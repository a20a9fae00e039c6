"""Where people meet the product: forms, the views of the walk-throughs, exercises, and the command line."""
