/** Emphasis on a terminal. Elsewhere each function returns its text unchanged. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
}

export const plainStyle: Style = {bold: (text) => text, dim: (text) => text}
