# Writes the Palmer penguins of the R package `modeldata` to the CSV file named on the command line.
# Rscript scripts/data/penguins.R penguins.csv
destination <- commandArgs(trailingOnly = TRUE)[1]
write.csv(as.data.frame(modeldata::penguins), destination, row.names = FALSE, na = "", quote = FALSE)
