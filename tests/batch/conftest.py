"""What the tests of the batch share: a run by either way."""

import pytest

from seskit.batch.engine import warm
from seskit.batch.launch import Launcher
from tests.extent import ALL


@pytest.fixture(scope="module", params=["stock", "warm"] if ALL else ["warm"])
def way(request, warm_way):
    """Either way of running; stock papermill, which takes seconds for each, by `make test-all`."""
    if request.param == "warm":
        if not warm.available():
            pytest.skip("this system cannot fork")
        yield warm_way
        return
    launcher = Launcher(warm=False)
    yield launcher
    launcher.close()
