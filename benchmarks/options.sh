#!/usr/bin/env bash
# Trains a small Vision Transformer with each kind of positions, pooling and attention at the same budget, and prints
# them side by side. What is finished is not trained again and what was begun goes on, so it can be stopped and started.
#
#   options.sh DATA FOLDER [EPOCHS]     FOLDER: where models and figures go
#
# JOBS: trainings at the same time; THREADS: of each. On few cores, JOBS=2 THREADS=1 is faster than one after the other.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=$1
folder=$2
epochs=${3:-6}
jobs=${JOBS:-1}
mkdir -p "$folder"
runs=()

train() { # NAME [SETTING...]
    local name=$1 settings=()
    shift
    for setting in image-size=96 depth=4 pool=mean "$@"; do
        settings+=(--set "$setting")
    done
    "$here/../caracal" train --data "$data" --preset vit-ti-16 --name "$name" --epochs "$epochs" --batch-size 64 \
        --learning-rate 5e-4 --set optimizer.rule=adamw --set optimizer.weightDecay=0.05 --set schedule.shape=cosine \
        --set schedule.warmUpEpochs=0.5 --set labelSmoothing=0 --set augmentation.minScale=0.35 \
        --set augmentation.randAugment=0 --set augmentation.randomErasing=0 --set augmentation.repeats=1 \
        --set augmentation.mixup=0 --set augmentation.cutmix=0 "${settings[@]}" --threads "${THREADS:-0}" \
        --out "$folder/$name.onnx" --json "$folder/$name.json" --checkpoint "$folder/$name.checkpoint" \
        >"$folder/$name.log" 2>&1 || echo "$name failed: $folder/$name.log" >&2
}

run() { # NAME [SETTING...]
    runs+=("$folder/$1.json")
    [ -e "$folder/$1.json" ] && return
    while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do
        wait -n || true
    done
    train "$@" &
}

# Built once, and not by all trainings at the same time.
"$here/../caracal" describe vit-ti-16 >"$folder/describe.txt"

# 6 x 6 patches of 16 pixels. Two more seeds of the first row tell how much of a difference is chance.
run learned-1d
run seed-1 seed=1
run seed-2 seed=2
for positions in none sinusoid-1d learned-2d sinusoid-2d relative-1d relative-bias-2d; do
    run $positions positions=$positions
done
run cls pool=cls
run local attention=local window=3
run block attention=block window=2
for attention in axial axial-lite axial-joint sparse-strided sparse-fixed; do
    run $attention attention=$attention
done
wait
"$here/../caracal" compare "${runs[@]}" --markdown
