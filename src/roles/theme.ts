const PALETTE = [
  {background: '#1e3a5f', foreground: '#e0e0e0'},
  {background: '#2d5a3d', foreground: '#e0e0e0'},
  {background: '#8b4513', foreground: '#f5f5dc'},
  {background: '#4a3050', foreground: '#e0e0e0'},
  {background: '#4a5568', foreground: '#e0e0e0'},
  {background: '#b33a00', foreground: '#f5f5dc'},
  {background: '#1a1a2e', foreground: '#c0c0c0'},
  {background: '#722f37', foreground: '#f5f5dc'},
  {background: '#0d5c63', foreground: '#e0e0e0'},
  {background: '#6d4c41', foreground: '#f5f5dc'},
] as const

/** A rig's colours: the same as the original's, in every session and on every machine. */
export function rigTheme(rigName: string): {background: string; foreground: string} {
  return PALETTE[fnv1a(rigName) % PALETTE.length] ?? PALETTE[0]
}

/** FNV-1a, 32 bits, over the UTF-8 bytes. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  }
  return hash
}
