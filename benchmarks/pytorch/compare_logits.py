"""Compares the logits of an exported model with the answers that make_weights.py left: one line of a table.

python compare_logits.py MODEL.onnx ANSWERS.npz      pip needs: onnxruntime, numpy
"""
import pathlib
import sys

import numpy as np
import onnxruntime

model, answers = sys.argv[1:3]
expected = np.load(answers)
logits = onnxruntime.InferenceSession(model).run(["logits"], {"pixels": expected["pixels"]})[0]
scale = np.abs(expected["logits"]).max()
difference = np.abs(logits - expected["logits"]).max()
same = "yes" if (logits.argmax(1) == expected["logits"].argmax(1)).all() else "NO"
print(f"| `{pathlib.Path(answers).name.removesuffix('.answers.npz')}` | {difference:.1e} | {difference / scale:.1e} | {same} |")
sys.exit(0 if difference <= 1e-4 * max(scale, 1) else 1)
