package io.caracal.trainer.tensor;

import io.caracal.scoring.Device;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Opens a [Compute] with one thread of the CPU for each test whose class or method takes one, and closes it after
/// that test.
public final class ComputeExtension implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(ComputeExtension.class);

    /// What a constructor takes belongs to the test that the object is made for, not to all tests of the class.
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == Compute.class;
    }

    @Override
    public Compute resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getStore(NAMESPACE).computeIfAbsent(Compute.class, _ -> Compute.open(Device.CPU, 1), Compute.class);
    }
}
