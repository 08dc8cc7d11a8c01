package io.caracal.onnx;

/// What a tensor consists of, with its number in `TensorProto.DataType`.
public enum ElementType {
    FLOAT(1),
    UINT8(2),
    INT32(6),
    INT64(7),
    BOOL(9);

    private final int code;

    ElementType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}
