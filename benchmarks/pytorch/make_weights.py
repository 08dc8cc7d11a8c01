"""Writes weight files of timm and Hugging Face models with random weights, and what those models answer, into a folder.

python make_weights.py FOLDER      pip needs: torch, timm, transformers, safetensors, numpy

check_import.sh starts runs from these files and compare_logits.py compares what Caracal's exports answer. A yardstick,
no dependency of the project.
"""
import sys

import numpy as np
import timm
import torch
from safetensors.torch import save_file
from transformers import ViTConfig, ViTForImageClassification

HALF = ([0.5] * 3, [0.5] * 3)
IMAGENET = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
MODELS = [  # name of our preset, timm's name, normalisation
    ("vit-ti-16", "vit_tiny_patch16_224", HALF),
    ("vit-s-32", "vit_small_patch32_224", HALF),
    ("resnet-18", "resnet18", IMAGENET),
    ("resnet-50", "resnet50", IMAGENET),
    ("bit-r50x1", "resnetv2_50x1_bit", HALF),
    ("tnt-s-16", "tnt_s_patch16_224", HALF),
    ("r26-vit-s-32", "vit_small_r26_s32_224", HALF),
]
folder = sys.argv[1]
torch.manual_seed(3)


def shaken(model):
    """No norm stays at ones and zeros, where a mistake would not show."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.add_(torch.randn_like(parameter) * (0.02 if parameter.dim() > 1 else 0.1))
        for name, buffer in model.named_buffers():
            if "running_mean" in name:
                buffer.normal_(0, 0.1)
            if "running_var" in name:
                buffer.uniform_(0.5, 1.5)
    return model.eval()


def weights(name, tensors):
    save_file({key: value.contiguous() for key, value in tensors.items()}, f"{folder}/{name}.safetensors")


def answers(name, model, normalization, size=224):
    pixels = np.random.default_rng(5).integers(0, 256, (4, size, size, 3), dtype=np.uint8)
    pixels[:, : size // 2] = pixels[:, :1, :1]
    mean, std = (torch.tensor(values).view(1, 3, 1, 1) for values in normalization)
    with torch.no_grad():
        logits = model((torch.tensor(pixels).permute(0, 3, 1, 2).float() / 255 - mean) / std)
    logits = logits.logits if hasattr(logits, "logits") else logits
    np.savez(f"{folder}/{name}.answers.npz", pixels=pixels, logits=logits.numpy())


def google(tensors, width, heads, depth):
    """The same weights as vit_jax writes them."""
    t = {key: value.numpy() for key, value in tensors.items()}
    out = {
        "cls": t["cls_token"],
        "embedding/kernel": t["patch_embed.proj.weight"].transpose(2, 3, 1, 0),
        "embedding/bias": t["patch_embed.proj.bias"],
        "Transformer/posembed_input/pos_embedding": t["pos_embed"],
        "Transformer/encoder_norm/scale": t["norm.weight"],
        "Transformer/encoder_norm/bias": t["norm.bias"],
        "head/kernel": t["head.weight"].T,
        "head/bias": t["head.bias"],
    }
    for i in range(depth):
        ours, theirs = f"blocks.{i}.", f"Transformer/encoderblock_{i}/"
        for norm, at in (("norm1", "LayerNorm_0"), ("norm2", "LayerNorm_2")):
            out[f"{theirs}{at}/scale"] = t[f"{ours}{norm}.weight"]
            out[f"{theirs}{at}/bias"] = t[f"{ours}{norm}.bias"]
        attention = theirs + "MultiHeadDotProductAttention_1/"
        for j, name in enumerate(("query", "key", "value")):
            rows = slice(j * width, (j + 1) * width)
            out[f"{attention}{name}/kernel"] = t[ours + "attn.qkv.weight"][rows].T.reshape(width, heads, -1)
            out[f"{attention}{name}/bias"] = t[ours + "attn.qkv.bias"][rows].reshape(heads, -1)
        out[attention + "out/kernel"] = t[ours + "attn.proj.weight"].T.reshape(heads, -1, width)
        out[attention + "out/bias"] = t[ours + "attn.proj.bias"]
        for j, name in enumerate(("fc1", "fc2")):
            out[f"{theirs}MlpBlock_3/Dense_{j}/kernel"] = t[f"{ours}mlp.{name}.weight"].T
            out[f"{theirs}MlpBlock_3/Dense_{j}/bias"] = t[f"{ours}mlp.{name}.bias"]
    return {key: np.ascontiguousarray(value) for key, value in out.items()}


for preset, name, normalization in MODELS:
    model = shaken(timm.create_model(name, num_classes=2))
    tensors = model.state_dict()
    weights(preset, tensors)
    answers(preset, model, normalization)
    if preset == "vit-ti-16":
        np.savez(f"{folder}/vit-ti-16-google.npz", **google(tensors, 192, 3, 12))
        answers("vit-ti-16-google", model, normalization)
        half = {key: value.half() for key, value in tensors.items()}
        weights("vit-ti-16-f16", half)
        model.load_state_dict({key: value.float() for key, value in half.items()})
        answers("vit-ti-16-f16", model, normalization)
        smaller = timm.create_model(name, num_classes=2, img_size=160).eval()
        smaller.load_state_dict(timm.models.vision_transformer.checkpoint_filter_fn(dict(tensors), smaller))
        weights("vit-ti-16-at-160", tensors)
        answers("vit-ti-16-at-160", smaller, normalization, 160)

config = ViTConfig(hidden_size=192, num_hidden_layers=12, num_attention_heads=3, intermediate_size=768, num_labels=2)
model = shaken(ViTForImageClassification(config))
answers("vit-ti-16-huggingface", model, HALF)
model.save_pretrained(f"{folder}/vit-ti-16-huggingface")
