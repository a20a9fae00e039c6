"""Where the tests' own inputs and the material of the product are."""

from pathlib import Path

TESTS = Path(__file__).parent
ROOT = TESTS.parent
PACKAGE = ROOT / "seskit"
NOTEBOOKS = ROOT / "notebooks"
SAMPLES = NOTEBOOKS / "sample" / "agencies"
TRAINING = ROOT / "training"
#: Worked examples, and what was met in the field; each folder with the values that must come out.
CASES = TESTS / "cases"
FIELD = TESTS / "field"


PUBLISHED = next(
    (found for up in Path(__file__).parents if (found := up / "shared" / "reference" / "published").is_dir()), None
)


def file_of(stem: str) -> Path:
    """The file of tests of that name, on whichever floor it is."""
    (found,) = TESTS.glob(f"*/{stem}.py")
    return found
