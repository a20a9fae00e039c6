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
    pandoc.RawBlock('typst', picture(found)),
    pandoc.Para(pandoc.utils.blocks_to_inlines(figure.caption.long)),
  }
end
