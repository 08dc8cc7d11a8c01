/// The parts that models are made of, each one function over [io.caracal.trainer.tensor.Tensor].
package io.caracal.trainer.nn;
