"use strict";

/** Unpack vis-network and run it. The page holds it as base64 of the zlib format, which is a third as long. Return whether the browser can do so, else say it. */
async function loadEngine() {
  if (!("DecompressionStream" in window)) {
    document.getElementById("old-browser").hidden = false;
    return false;
  }
  const packed = atob(document.getElementById("engine").textContent);
  const bytes = new Uint8Array(packed.length);
  for (let n = 0; n < packed.length; n++) bytes[n] = packed.charCodeAt(n);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  document.head.append(element("script", {}, await new Response(stream).text()));
  return true;
}
