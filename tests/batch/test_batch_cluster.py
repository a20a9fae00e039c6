"""The batch on a Dask cluster gives the files it gives here, even when a worker is lost."""

import os
import shutil
import signal
import subprocess
import threading
import time
from importlib.util import find_spec
from types import SimpleNamespace

import pytest

from seskit import batch
from seskit.batch import cluster as cluster_module
from seskit.batch.progress import Silent
from seskit.law.facts import FactError
from seskit.record import plum
from tests import batch_kit as kit
from tests.batch_kit import stable
from tests.extent import thorough
from tests.places import PUBLISHED

# Asked for and not imported: every process that reads the tests would load it, and one runs them.
if find_spec("distributed") is None:
    pytest.skip("Dask is not installed (the extra `cluster`)", allow_module_level=True)


@pytest.fixture(scope="module")
def cluster():
    """A loopback cluster of two workers with one thread each."""
    import distributed

    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as made:
        yield made


def _kill_half_way(cluster, manifest):
    """Kill a worker once the first agencies are done."""
    until = time.monotonic() + 300
    while time.monotonic() < until and not (manifest.is_file() and manifest.read_text().count("\n") > 1):
        time.sleep(0.02)
    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)


def test_same_files_as_here_though_a_worker_is_lost(cluster, tmp_path, warm_way):
    """Two notebooks for each agency, one worker killed half-way: every agency is done, byte for byte as locally."""
    first = kit.small(tmp_path, "import time; time.sleep(.4)")
    kept = "import os\nos.makedirs(out + '/agencies')\nopen(out + '/agencies/a.txt', 'w').write(agency)"
    second = kit.notebook(tmp_path / "second.ipynb", "# Second", kept)
    place = kit.agencies(tmp_path, "ASR", "BCC", "BLB", "XFR")
    stop = threading.Thread(target=_kill_half_way, args=(cluster, tmp_path / "there" / "manifest.jsonl"))
    stop.start()
    there = batch.run(
        place, tmp_path / "there", notebooks=[first, second], cluster=cluster.scheduler_address, progress=Silent()
    )
    stop.join()
    here = batch.run(place, tmp_path / "here", notebooks=[first, second], progress=Silent(), launcher=warm_way)
    assert [(r.key, r.status, r.message) for r in there.records] == [(r.key, r.status, r.message) for r in here.records]
    assert {record.status for record in there.records} == {"final", "draft", "done"}
    assert (tmp_path / "there" / "ASR" / "second" / "agencies" / "a.txt").is_file()
    assert stable(tmp_path / "there") == stable(tmp_path / "here")


@pytest.mark.skipif("SESKIT_PLUM" not in os.environ, reason="minutes long; SESKIT_PLUM=1 runs it")
def test_the_public_listing_with_three_notebooks_each(cluster, tmp_path):
    """39 agencies of the public listing, three walks each, a worker killed half-way: the files made here."""
    plum.agencies(PUBLISHED / "plum_2025_ses_pay.csv", tmp_path / "agencies")
    walks = ["report", "appraisal", "staffing"]
    stop = threading.Timer(25, lambda: os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL))
    stop.start()
    there = batch.run(
        tmp_path / "agencies", tmp_path / "there", notebooks=walks, cluster=cluster.scheduler_address, progress=Silent()
    )
    assert not stop.is_alive(), "the run was over before the worker was killed"
    here = batch.run(tmp_path / "agencies", tmp_path / "here", notebooks=walks, progress=Silent())
    assert len(there.records) == 117
    assert [(r.key, r.status, r.message) for r in there.records] == [(r.key, r.status, r.message) for r in here.records]
    assert stable(tmp_path / "there") == stable(tmp_path / "here")


@thorough
def test_limits_and_faults_are_told_by_the_workers(cluster, tmp_path):
    """A hang on a worker ends at its limit; a process that kills itself is recorded with its step."""
    fault = "import os, time\nif package.agency.code == 'ASR': time.sleep(600)\nos._exit(1)"
    place = kit.agencies(tmp_path, "ASR", "BCC")
    begun = time.monotonic()
    summary = batch.run(
        place, tmp_path / "out", notebooks=[kit.small(tmp_path, "## Trouble", fault)], progress=Silent(),
        cluster=cluster.scheduler_address, limits=batch.Limits(cell=12, notebook=500),
    )  # fmt: skip
    told = {record.agency: record for record in summary.records}
    assert "longer than 12 seconds" in told["ASR"].message
    assert "ended by itself" in told["BCC"].message
    assert {record.step for record in summary.records} == {'code cell 4, under "Trouble"'}
    assert time.monotonic() - begun < 400


@pytest.mark.slow
@thorough
@pytest.mark.skipif(not shutil.which("openssl"), reason="openssl makes the certificate")
def test_an_encrypted_cluster(tmp_path):
    """The TLS files are passed to Dask; without them an encrypted scheduler does not answer."""
    import distributed

    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    subprocess.run([*made, "-keyout", str(key), "-out", str(cert)], check=True, capture_output=True)
    security = distributed.Security(
        tls_ca_file=str(cert), tls_scheduler_cert=str(cert), tls_scheduler_key=str(key), tls_worker_cert=str(cert),
        tls_worker_key=str(key), tls_client_cert=str(cert), tls_client_key=str(key), require_encryption=True,
    )  # fmt: skip
    place, path = kit.agencies(tmp_path, "ASR"), kit.notebook(tmp_path / "n.ipynb", "1")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", protocol="tls", security=security
    ) as made_up:
        given = {"notebooks": [path], "cluster": made_up.scheduler_address, "progress": Silent()}
        summary = batch.run(place, tmp_path / "out", **given, tls=batch.Tls(cert, cert, key))
        assert [record.status for record in summary.records] == ["done"]
        with pytest.raises(FactError, match="No Dask scheduler answers"):
            batch.run(place, tmp_path / "other", **given)


def test_tls_files_are_for_a_cluster(tmp_path):
    """Given without an address they would protect nothing, and are refused."""
    with pytest.raises(FactError, match="--cluster"):
        batch.run(kit.agencies(tmp_path, "ASR"), tmp_path / "out", tls=batch.Tls(tmp_path / "ca.pem"))


def test_nobody_answers(tmp_path, monkeypatch):
    """A scheduler that is not there is one clear sentence."""
    monkeypatch.setattr("seskit.batch.cluster._ANSWER", 1)
    place = kit.agencies(tmp_path, "ASR")
    with pytest.raises(FactError, match="No Dask scheduler answers"):
        batch.run(place, tmp_path / "out", notebooks=[kit.small(tmp_path)], cluster="tcp://127.0.0.1:9")


def test_a_worker_of_another_version_does_not_answer(tmp_path):
    """A worker that joined late with other rules refuses the order, so that another one is asked."""
    with pytest.raises(RuntimeError, match="another version of seskit"):
        cluster_module.on_worker("{}", b"", b"", batch.Limits(), "another digest")


def test_files_from_before_1980_travel(tmp_path):
    """A file without a known day, as version control and archives leave it, reaches the worker like any other."""
    (tmp_path / "roster.csv").write_text("x")
    os.utime(tmp_path / "roster.csv", (0, 0))
    cluster_module._unpack(cluster_module._packed(tmp_path), tmp_path / "there")
    assert (tmp_path / "there" / "roster.csv").read_text() == "x"


@pytest.mark.parametrize(("status", "workers"), [("closed", 1), ("running", 0)])
def test_a_lost_cluster_ends_the_run_with_one_sentence(tmp_path, monkeypatch, status, workers):
    """Where the scheduler or every worker is gone for good, the run says so, keeps what it has, and stops."""
    monkeypatch.setattr(cluster_module, "_LOOK", 0.0)
    monkeypatch.setattr(cluster_module, "_UNMANNED", 0.1)
    lost = cluster_module.Cluster.__new__(cluster_module.Cluster)
    never = SimpleNamespace(done=lambda: False, status="pending")
    lost._client = SimpleNamespace(
        status=status, nthreads=lambda: dict.fromkeys(range(workers), 1), submit=lambda *_, **__: never
    )
    lost._futures, lost._unsent, lost._limits = {}, set(), batch.Limits()
    lost._looked = lost._manned = time.monotonic()
    never.cancel = lambda: None
    place = kit.agencies(tmp_path, "ASR")
    summary = batch.run(
        place, tmp_path / "out", notebooks=[kit.small(tmp_path)], launcher=lost, workers=1, progress=Silent()
    )
    assert "run the same command again" in summary.trouble
    assert (summary.unfinished, summary.exit_code) == (1, 1)
    assert "1 not started yet" in (tmp_path / "out" / "index.html").read_text()
