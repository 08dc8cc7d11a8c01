/// What a model makes of images before it decides: features, and two dimensions of them to look at.
package io.caracal.trainer.embed;
