"""Each thing that is not public in ipykernel, nbclient, papermill and nbconvert, and that the warm engine relies on.

Another version of one of them may not have it any more. Then the batch runs stock papermill by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

#: Module and class (or module alone), and the names looked for in it.
RELIED_ON: Mapping[str, tuple[str, ...]] = {
    "ipykernel.ipkernel:IPythonKernel": (
        "_publish_status", "_abort_queues", "_execute_sleep", "pre_handler_hook", "post_handler_hook", "set_parent",
        "iopub_socket", "shell_stream", "shell_channel_thread", "user_ns",
    ),
    "ipykernel.iostream:OutStream": (
        "_flush", "_is_master_process", "parent_header", "isatty", "fileno", "_schedule_flush",
    ),
    "ipykernel.kernelapp:IPKernelApp": ("init_path", "init_pdb", "kernel"),
    "ipykernel.compiler": ("get_file_name",),
    "ipykernel.zmqshell:ZMQInteractiveShell": ("set_custom_exc", "showtraceback"),
    "jupyter_client.session:Session": ("send", "msg", "pack", "unpack"),
    "nbclient:NotebookClient": (
        "reset_execution_trackers", "wait_for_reply", "set_widgets_metadata", "process_message", "execute_cell",
    ),
    "papermill.clientwrap:PapermillNotebookClient": ("papermill_execute_cells",),
    "papermill.engines:NotebookExecutionManager": (
        "save", "cell_start", "cell_complete", "cell_exception", "notebook_start", "notebook_complete", "now",
    ),
    "papermill.engines:Engine": ("execute_notebook", "execute_managed_notebook"),
    "papermill.engines": ("papermill_engines",),
    "nbconvert.exporters.html:HTMLExporter": ("_init_resources", "_validate_preprocessor", "register_filter"),
    "atexit": ("_run_exitfuncs",),
}  # fmt: skip


def missing(relied_on: Mapping[str, tuple[str, ...]] = RELIED_ON) -> list[str]:
    """What of it the installed versions do not have; empty where the warm engine can be used."""
    return [f"{place}.{name}" for place, names in relied_on.items() for name in _lacking(place, names)]


def _lacking(place: str, names: tuple[str, ...]) -> list[str]:
    module, _, kind = place.partition(":")
    try:
        found = import_module(module)
        owner = getattr(found, kind) if kind else found
    except (ImportError, AttributeError):
        return list(names)
    return [name for name in names if not hasattr(owner, name)]
