/** Emphasis on a terminal. On anything else each function returns its text unchanged. */
export interface Style {
  bold(text: string): string
  dim(text: string): string
}

export const plainStyle: Style = {bold: (text) => text, dim: (text) => text}
