#!/usr/bin/env bash
# Training steps of Caracal and of PyTorch in turns: equal batch, equal threads, random pixels. One line of JSON each.
#
#   steps.sh [PRESET MODEL BATCH STEPS]     MODEL is timm's name; without arguments: the five models of RESULTS.md
#
# PYTHON: an interpreter that has torch and timm, which this project does not need otherwise. THREADS: 2 unless told.
# Build first: ./caracal describe
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
python=${PYTHON:-python3}
threads=${THREADS:-2}
app=$here/../trainer-service/target/quarkus-app

# What the launcher sets for training; what PyTorch at its best needs as well.
allocator=(MALLOC_ARENA_MAX=1 MALLOC_MMAP_THRESHOLD_=1073741824 MALLOC_TRIM_THRESHOLD_=4294967296 MALLOC_TOP_PAD_=268435456)

caracal() { # PRESET BATCH STEPS [OPTION=VALUE...]
    env "${allocator[@]}" ORT_DISABLE_TELEMETRY=1 "${JAVA_HOME:?}/bin/java" --enable-native-access=ALL-UNNAMED \
        -Dai.djl.offline=true -cp "$app/app/*:$app/lib/main/*:$app/lib/boot/*" \
        io.caracal.trainer.fit.StepSpeed "$1" "$2" "$threads" "$3" "${@:4}" 2>/dev/null | sed 's/^/caracal         /'
}

pytorch() { # MODEL BATCH STEPS
    "$python" "$here/pytorch/torch_step.py" "$1" "$2" "$threads" "$3" 2>/dev/null | sed 's/^/pytorch plain   /'
    env "${allocator[@]}" "$python" "$here/pytorch/torch_step.py" "$1" "$2" "$threads" "$3" 2>/dev/null |
        sed 's/^/pytorch alloc   /'
    env "${allocator[@]}" "$python" "$here/pytorch/torch_step.py" "$1" "$2" "$threads" "$3" nhwc 2>/dev/null |
        sed 's/^/pytorch both    /'
}

both() { # PRESET MODEL BATCH STEPS [OPTION=VALUE...]
    caracal "$1" "$3" "$4" "${@:5}"
    pytorch "$2" "$3" "$4"
}

if [ $# -eq 4 ]; then
    both "$@"
    exit
fi
both seed-cnn seed-cnn 100 20
both seed-vit seed-vit 64 6
both resnet-18 resnet18 32 6
both vit-s-16 vit_small_patch16_224 16 6
# timm's model has no stochastic depth unless told so.
both tnt-s-16 tnt_s_patch16_224 8 6 drop-path=0
