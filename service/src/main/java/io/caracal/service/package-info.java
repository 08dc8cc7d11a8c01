/// What every service does the same way: how it starts, and the names of its topics.
package io.caracal.service;
