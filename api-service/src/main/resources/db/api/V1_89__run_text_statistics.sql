-- How rare a word is decides how it is looked for: by its parts, or on a walk from the newest run back. Of the usual hundred samples one that
-- has the word by chance makes it look a hundred times as common as it is, and half a million runs were walked through for twenty.
alter table run_text alter column text set statistics 2000;
analyze run_text;
