export function patched(code: string): string
export function withLazyRequires(code: string): string
