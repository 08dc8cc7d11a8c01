package io.caracal.trainer.embed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// Principal component analysis: points in the directions in which they differ most.
///
/// @param points `[n][components]`, the component of the largest variance first; the largest value of each is positive
/// @param share of the variance that each component has
public record Pca(double[][] points, double[] share) {

    /// @param data `[n][d]`, finite, at least one row
    /// @param components at most; there are no more than `d` and no more than `n`
    public static Pca of(double[][] data, int components) {
        DMatrixRMaj centred = centred(data);
        boolean wide = centred.numCols > centred.numRows;
        DMatrixRMaj products = new DMatrixRMaj(1, 1);
        if (wide) {
            CommonOps_DDRM.multTransB(centred, centred, products); // [n, n]
        } else {
            CommonOps_DDRM.multTransA(centred, centred, products); // [d, d]
        }
        double total = CommonOps_DDRM.trace(products);
        List<Component> found = components(products);
        int count = Math.min(components, found.size());
        double[][] points = new double[data.length][count];
        double[] share = new double[count];
        for (int c = 0; c < count; c++) {
            Component component = found.get(c);
            place(wide ? component.scaled() : component.of(centred), points, c);
            share[c] = total > 0 ? component.variance() / total : 0;
        }
        return new Pca(points, share);
    }

    /// @param variance times the number of points
    private record Component(double variance, DMatrixRMaj direction) {

        /// The points themselves, if the direction is one among points and not among features.
        DMatrixRMaj scaled() {
            DMatrixRMaj scaled = direction.copy();
            CommonOps_DDRM.scale(Math.sqrt(variance), scaled);
            return scaled;
        }

        DMatrixRMaj of(DMatrixRMaj centred) {
            DMatrixRMaj scores = new DMatrixRMaj(centred.numRows, 1);
            CommonOps_DDRM.mult(centred, direction, scores);
            return scores;
        }
    }

    private static List<Component> components(DMatrixRMaj symmetric) {
        int size = symmetric.numRows;
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(symmetric)) {
            throw new IllegalArgumentException("the features have no principal components: are they finite?");
        }
        List<Component> components = new ArrayList<>(IntStream.range(0, size)
                .mapToObj(i -> new Component(Math.max(0, eigen.getEigenvalue(i).getReal()), eigen.getEigenVector(i)))
                .toList());
        components.sort(Comparator.comparingDouble(Component::variance).reversed());
        return components;
    }

    private static void place(DMatrixRMaj scores, double[][] points, int component) {
        double largest = 0;
        for (int i = 0; i < points.length; i++) {
            largest = Math.abs(scores.get(i)) > Math.abs(largest) ? scores.get(i) : largest;
        }
        for (int i = 0; i < points.length; i++) {
            points[i][component] = largest < 0 ? -scores.get(i) : scores.get(i);
        }
    }

    private static DMatrixRMaj centred(double[][] data) {
        DMatrixRMaj centred = new DMatrixRMaj(data);
        for (int column = 0; column < centred.numCols; column++) {
            double sum = 0;
            for (int row = 0; row < centred.numRows; row++) {
                sum += centred.get(row, column);
            }
            for (int row = 0; row < centred.numRows; row++) {
                centred.set(row, column, centred.get(row, column) - sum / centred.numRows);
            }
        }
        return centred;
    }
}
