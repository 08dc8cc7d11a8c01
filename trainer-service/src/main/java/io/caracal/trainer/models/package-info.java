/// The architectures that can be trained: one file each, found by name.
package io.caracal.trainer.models;
