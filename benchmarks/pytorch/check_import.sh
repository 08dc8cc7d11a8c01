#!/usr/bin/env bash
# Imports weights of timm, Hugging Face and Google's layout, exports them unchanged and compares the logits with those
# of the models that they come from.
#
#   check_import.sh FOLDER DATA     FOLDER: where make_weights.py wrote; DATA: any few labelled images
#
# PYTHON: an interpreter that has numpy and onnxruntime.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1
data=$2

check() { # NAME PRESET WEIGHTS [OPTION...]
    local name=$1 preset=$2 weights=$3
    shift 3
    # A learning rate that moves nothing. Batch norms keep their statistics only where layers are frozen.
    "$here/../../caracal" train --data "$data" --limit 40 --preset "$preset" --epochs 1 --batch-size 2 --learning-rate 1e-30 \
        --set start.weights="$folder/$weights" "$@" --out "$folder/$name.onnx" >"$folder/$name.log" 2>&1
    "${PYTHON:-python3}" "$here/compare_logits.py" "$folder/$name.onnx" "$folder/$name.answers.npz"
}

echo "| weights | largest difference of a logit | relative to their scale | labels equal |"
echo "|---|---|---|---|"
for name in vit-ti-16 vit-s-32 tnt-s-16 r26-vit-s-32 bit-r50x1; do
    check $name $name $name.safetensors
done
for name in resnet-18 resnet-50; do
    check $name $name $name.safetensors --set adapt.freeze=all-but-head
done
check vit-ti-16-f16 vit-ti-16 vit-ti-16-f16.safetensors
check vit-ti-16-at-160 vit-ti-16 vit-ti-16-at-160.safetensors --set image-size=160
check vit-ti-16-google vit-ti-16 vit-ti-16-google.npz
check vit-ti-16-huggingface vit-ti-16 vit-ti-16-huggingface/model.safetensors
