/// What training does to pixels so that it never sees the same image twice, on uint8 `[H, W, 3]`. The operations are
/// Pillow's to the bit, because the published recipes are (the test resource augment/make-goldens.py made the goldens).
package io.caracal.trainer.augment;
