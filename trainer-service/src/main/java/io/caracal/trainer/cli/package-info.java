/// The trainer on the command line: train, evaluate and classify without a service and without Kafka.
package io.caracal.trainer.cli;
