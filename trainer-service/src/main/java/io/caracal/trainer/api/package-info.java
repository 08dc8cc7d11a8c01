/// The trainer over HTTP: start a run, list runs, cancel one, follow one.
package io.caracal.trainer.api;
