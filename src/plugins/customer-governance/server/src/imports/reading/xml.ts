import sax from 'sax';
import { damaged } from './package-parts';

export type XmlEvent =
  | { kind: 'open'; name: string; attributes: Readonly<Record<string, string>> }
  | { kind: 'text'; text: string }
  | { kind: 'close'; name: string };

/**
 * Reads XML in pieces and tells what it meets. Entities are the five of XML alone: a document that declares others is
 * refused, so that none can grow.
 */
export async function readXml(
  text: AsyncIterable<string>,
  on: (event: XmlEvent) => void,
  afterPiece: () => void = () => undefined
): Promise<void> {
  for await (const events of xmlEvents(text)) {
    for (const event of events) on(event);
    afterPiece();
  }
}

/** The same as lists, one for each piece that came in. */
export async function* xmlEvents(text: AsyncIterable<string>): AsyncGenerator<XmlEvent[]> {
  const parser = sax.parser(true, { trim: false, normalize: false, position: false });
  let events: XmlEvent[] = [];
  parser.onopentag = ({ name, attributes }) =>
    events.push({
      kind: 'open',
      name: local(name),
      attributes: attributes as Record<string, string>,
    });
  parser.onclosetag = (name) => events.push({ kind: 'close', name: local(name) });
  parser.ontext = (piece) => events.push({ kind: 'text', text: piece });
  parser.oncdata = (piece) => events.push({ kind: 'text', text: piece });
  parser.ondoctype = () => {
    throw damaged();
  };
  parser.onerror = () => {
    throw damaged();
  };
  for await (const piece of text) {
    events = [];
    parser.write(piece);
    if (events.length > 0) yield events;
  }
  events = [];
  parser.close();
  if (events.length > 0) yield events;
}

/** Some programs write every name with a prefix. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1);
