-- In PowerPoint a table's caption would lie over the table, and a picture's over the footer; the slide's title says the same.
function Table(tbl)
  tbl.caption.long = {}
  return tbl
end

function Figure(figure)
  local found
  figure:walk({ Image = function(image) found = image end })
  if not found then
    return nil
  end
  found.caption = {}
  return pandoc.Plain({ found })
end
