-- Pictures keep their alternative text on the way to typst; the PDF standard refuses one without.
local function quoted(text)
  return '"' .. text:gsub('\\', '\\\\'):gsub('"', '\\"'):gsub('\n', ' ') .. '"'
end

local function picture(image)
  local words = image.attributes.alt or pandoc.utils.stringify(image.caption)
  return '#align(center, image(' .. quoted(image.src) .. ', width: 90%, alt: ' .. quoted(words) .. '))'
end

function Image(image)
  return pandoc.RawInline('typst', picture(image))
end

function Figure(figure)
  local found
  figure:walk({ Image = function(image) found = image end })
  if not found then
    return nil
  end
  found.attributes.alt = found.attributes.alt or pandoc.utils.stringify(figure.caption.long)
  return {
    pandoc.RawBlock('typst', '#block(sticky: true, width: 100%)[' .. picture(found) .. ']'),
    pandoc.Para(pandoc.utils.blocks_to_inlines(figure.caption.long)),
  }
end

-- Where typst would begin a list, a term or a heading, the sign is only text: also within a cell and after a line break.
function Str(word)
  if word.text:match('^[-+/=]') or word.text:match('^%d+%.') then
    return { pandoc.RawInline('typst', '\\' .. word.text:sub(1, 1)), pandoc.Str(word.text:sub(2)) }
  end
end

-- What belongs together stays on one page.
function Div(div)
  if div.classes:includes('together') then
    return { pandoc.RawBlock('typst', '#block(breakable: false, width: 100%)['), div, pandoc.RawBlock('typst', ']') }
  end
end
