-- Which parts of a page stay together on the way to typst: what leads to a table with its table, a signature with what it signs.

-- About as many characters of a cell fit a line of the page; a table up to SHORT lines moves whole, a row beyond TALL may split.
local LINE, SHORT, TALL = 95, 14, 30

-- A longer table begins only where its caption, its head and a few rows have room.
local ROOM = '#block(height: 1.2in, breakable: false, sticky: true, above: 11pt, below: 0pt)\n#v(-1.2in)\n'

local function raw(text)
  return pandoc.RawBlock('typst', text)
end

local function length(block)
  return utf8.len(pandoc.utils.stringify(block)) or 0
end

local function row_lines(row, specs)
  local most = 1
  for number, cell in ipairs(row.cells) do
    local share = specs[number][2]
    if type(share) ~= 'number' or share == 0 then share = 1 / #specs end
    most = math.max(most, math.ceil(length(cell.contents) / (share * LINE)))
  end
  return most
end

-- How many lines the table has, and its tallest row.
local function lines(tbl)
  local all, tallest = 0, 0
  for _, part in ipairs({ tbl.head.rows, tbl.bodies[1].body }) do
    for _, row in ipairs(part) do
      local many = row_lines(row, tbl.colspecs)
      all, tallest = all + many, math.max(tallest, many)
    end
  end
  return all, tallest
end

-- A cell that is filled in by hand holds a line, or a space that does not break; its row is high enough to write in.
local function by_hand(tbl)
  for _, row in ipairs(tbl.bodies[1].body) do
    for _, cell in ipairs(row.cells) do
      local said = pandoc.utils.stringify(cell.contents)
      if said ~= '' and said:gsub('\u{a0}', ''):gsub('_', '') == '' then
        cell.contents:insert(1, raw('#v(10pt)'))
        break
      end
    end
  end
end

local function is_signature(block)
  return block.t == 'Table' and pandoc.utils.stringify(block.caption.long) == 'To be signed'
end

-- Whether what is signed follows, perhaps under a heading of its own.
local function signed_below(blocks, number)
  local after, next = blocks[number + 1], blocks[number + 2]
  return after and (is_signature(after) or (after.t == 'Header' and next and is_signature(next)))
end

local function leads(block, before, after)
  if block.t ~= 'Para' or not after then return false end
  local first = block.content[1]
  local label = #block.content == 1 and first.t == 'Strong' and pandoc.utils.stringify(first):match(':$')
  local opens = before and before.t == 'Header' and length(block) < 250
  local listed = after.t == 'Table' or after.t == 'BulletList' or after.t == 'OrderedList' or after.t == 'Figure'
  return label or opens or (listed and length(block) < 600)
end

local function table_parts(tbl, sticky)
  local all, tallest = lines(tbl)
  by_hand(tbl)
  local said = sticky and '#show figure: set block(sticky: true)\n' or ''
  if all <= SHORT then said = said .. '#show table: set block(breakable: false)\n' end
  if tallest > TALL then said = said .. '#set table.cell(breakable: true)\n' end
  if all > SHORT then said = ROOM .. said end
  return { raw('#[\n' .. said), tbl, raw(']') }
end

local function kept(blocks)
  local made = pandoc.List()
  for number, block in ipairs(blocks) do
    local after = blocks[number + 1]
    if block.t == 'Table' then
      made:extend(table_parts(block, signed_below(blocks, number)))
    elseif leads(block, blocks[number - 1], after) then
      made:extend({ raw('#block(sticky: true, par['), block, raw('])') })
    else
      if block.t == 'Div' then
        if block.identifier:match('^overleaf') then made:insert(raw('#pagebreak(weak: true)')) end
        block.content = kept(block.content)
      end
      made:insert(block)
    end
  end
  return made
end

-- On a sheet for the wall a column is as wide as its words, which are larger than the widths were made for.
local function as_wide_as_words(tbl)
  for number, spec in ipairs(tbl.colspecs) do
    tbl.colspecs[number] = { spec[1], nil }
  end
  return tbl
end

function Pandoc(document)
  document.blocks = kept(document.blocks)
  return document.meta.wall and document:walk({ Table = as_wide_as_words }) or document
end
