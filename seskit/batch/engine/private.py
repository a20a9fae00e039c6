"""Each thing in other packages that is not promised to stay, and that the warm engine relies on: in one place.

Another version of one of them may not have it any more. Then the batch runs stock papermill by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dis import get_instructions
from importlib import import_module
from itertools import chain
from types import CodeType
from typing import Any

#: Module and class (or module alone), and the names looked for: what it has, or what its own code sets, as the fields
#: that its `__init__` makes.
RELIED_ON: Mapping[str, tuple[str, ...]] = {
    "ipykernel.ipkernel:IPythonKernel": (
        "_publish_status", "_abort_queues", "_execute_sleep", "pre_handler_hook", "post_handler_hook", "set_parent",
        "iopub_socket", "shell_stream", "shell_channel_thread", "user_ns", "shell_handlers", "io_loop", "session",
    ),
    "ipykernel.iostream:OutStream": (
        "_flush", "_is_master_process", "parent_header", "isatty", "fileno", "_schedule_flush",
        "session", "topic", "pub_thread", "echo", "_parent_header", "_parent_header_global", "_buffer_lock", "_local",
        "_buffers", "_master_pid", "_isatty", "_flush_pending", "_subprocess_flush_pending", "_should_watch",
        "_original_stdstream_copy",
    ),
    "ipykernel.kernelapp:IPKernelApp": ("init_path", "init_pdb", "kernel"),
    "ipykernel.compiler": ("get_file_name",),
    "ipykernel.zmqshell:ZMQInteractiveShell": ("set_custom_exc", "showtraceback"),
    "jupyter_client.session:Session": ("send", "msg", "pack", "unpack"),
    "nbclient:NotebookClient": (
        "reset_execution_trackers", "wait_for_reply", "set_widgets_metadata", "process_message", "execute_cell", "kc", "nb",
        "_update_display_id",
    ),
    "papermill.clientwrap:PapermillNotebookClient": ("papermill_execute_cells", "nb_man"),
    "papermill.engines:NotebookExecutionManager": (
        "save", "cell_start", "cell_complete", "cell_exception", "notebook_start", "notebook_complete", "now",
        "nb", "output_path", "last_save_time",
    ),
    "papermill.engines:Engine": ("execute_notebook", "execute_managed_notebook"),
    "papermill.engines": ("papermill_engines",),
    "jupyter_core.utils": ("run_sync",),
    "ipywidgets": ("_handle_ipython",),
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
    fields = fields_of(owner) if kind else set()
    return [name for name in names if not hasattr(owner, name) and name not in fields]


def fields_of(kind: Any) -> set[str]:
    """Every attribute that the code of a class and of its bases sets."""
    made = chain(*(vars(one).values() for one in kind.__mro__ if one is not object))
    steps = chain(*(get_instructions(code) for value in made for code in codes(value)))
    return {step.argval for step in steps if step.opname == "STORE_ATTR"}


def codes(value: Any) -> Iterator[CodeType]:
    """The code of a method or of a property, and of the functions inside it."""
    parts = [value, getattr(value, "__func__", None)]
    parts += [getattr(value, one, None) for one in ("fget", "fset", "__wrapped__")]
    waiting = [code for part in parts if isinstance(code := getattr(part, "__code__", None), CodeType)]
    while waiting:
        code = waiting.pop()
        yield code
        waiting += [part for part in code.co_consts if isinstance(part, CodeType)]
