-- In PowerPoint a table's caption would lie over the table; the slide's title says the same.
function Table(tbl)
  tbl.caption.long = {}
  return tbl
end
