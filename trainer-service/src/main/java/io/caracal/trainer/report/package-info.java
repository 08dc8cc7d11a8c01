/// What a run came to, for people: one HTML file that needs nothing else, and the same figures as JSON.
package io.caracal.trainer.report;
