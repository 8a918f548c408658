"""How right the reader is, beside other readers, on pages whose truth is known: `python -m benchmarks.accuracy`."""
