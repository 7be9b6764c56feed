# gnuplot -c recall_curve.gp CURVE.tsv OUT.svg
set terminal svg size 720,440 font "sans-serif,13" background "white"
set output ARG2
set title "Near copies found, by similarity"
set xlabel "Jaccard similarity of the two bodies"
set ylabel "recall"
set xrange [0.5:1]
set yrange [0:1.02]
set grid
set key bottom right
set arrow from 0.8,0 to 0.8,1.02 nohead dashtype 2 linecolor "gray"
plot ARG1 using 1:2 with lines dashtype 2 linewidth 2 title "formula, 12 bands of 4 rows", \
     ARG1 using 1:3 with linespoints linewidth 2 pointtype 7 pointsize 0.5 title "measured, bands alone", \
     ARG1 using 1:4 with linespoints linewidth 2 pointtype 5 pointsize 0.5 title "measured, bands and fingerprints"
