// The package's own types are those of its ES module; what is loaded here is the other one.
declare module 'opencc-js/t2cn' {
  export function Converter(locales: { from: string; to: string }): (text: string) => string;
}
