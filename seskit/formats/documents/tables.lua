-- Header cells say which way they head; the first cell of a body row heads its row.
function Table(tbl)
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do
      cell.attributes.scope = 'col'
    end
  end
  tbl.bodies[1].row_head_columns = 1
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do
      row.cells[1].attributes.scope = 'row'
    end
  end
  return tbl
end
