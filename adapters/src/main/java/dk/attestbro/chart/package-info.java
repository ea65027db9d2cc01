/** Charts as SVG, drawn by JFreeChart. */
@org.jspecify.annotations.NullMarked
package dk.attestbro.chart;
