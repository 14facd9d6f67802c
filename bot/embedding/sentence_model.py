"""A sentence model in the ONNX format: texts in, unit vectors out. It reads local files and sends nothing anywhere."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy
import onnxruntime
from tokenizers import Tokenizer

from bot.errors import SettingsError

TOKENS_MAX = 128
"""Tokens of a text that are read, where the tokenizer's file does not say: claims and quotes are short."""

CHARS_MAX = 2000
"""Characters of a text that are looked at: more than its tokens have. A pasted page costs no more than a claim."""


class SentenceModel:
    """Thread-safe. A text's vector is the mean of its tokens' vectors, at length 1. `identity` is the same for the same
    files."""

    def __init__(self, weights: Path, tokenizer: Path) -> None:
        """Raises: SettingsError where the files are no such model."""
        try:
            self._tokenizer = Tokenizer.from_file(str(tokenizer))
            self._session = onnxruntime.InferenceSession(str(weights), _options(), providers=["CPUExecutionProvider"])
            # Padding costs as much as text; texts are embedded one by one.
            self._tokenizer.no_padding()
            if self._tokenizer.truncation is None:
                self._tokenizer.enable_truncation(TOKENS_MAX)
            self._inputs = {each.name for each in self._session.get_inputs()}
            self.dimensions = self._embed("a").size
        except Exception as error:  # both libraries raise plain exceptions of their own
            reason = str(error).strip().splitlines()[0]
            raise SettingsError(
                f"{weights} and {tokenizer} are no sentence model ({reason}); check BRIEFBOT_SEMANTIC_MODEL"
            ) from None
        self.identity = sha256(weights.read_bytes() + tokenizer.read_bytes()).hexdigest()[:16]

    def embed(self, texts: Sequence[str]) -> Any:
        """A float32 matrix with a row for each text."""
        rows = [self._embed(text) for text in texts]
        return numpy.stack(rows) if rows else numpy.zeros((0, self.dimensions), numpy.float32)

    def _embed(self, text: str) -> Any:
        # The tokenizer refuses half a surrogate pair.
        plain = text[:CHARS_MAX].encode(errors="replace").decode()
        ids = numpy.array([self._tokenizer.encode(plain).ids], dtype=numpy.int64)
        tensors = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": numpy.zeros_like(ids)}
        output = self._session.run(None, {name: tensors[name] for name in self._inputs})[0]
        vector = output[0].mean(axis=0) if output.ndim == 3 else output[0]
        return vector / max(float(numpy.linalg.norm(vector)), 1e-9)


def _options() -> onnxruntime.SessionOptions:
    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    # Answers come first: embedding goes on in the background, on one core.
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options
