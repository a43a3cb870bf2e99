/** Footers as a hostile writer would make them: Thrift's compact protocol, field by field. */

type Typed = Uint8Array & { kind?: number };
const typed = (kind: number, bytes: ArrayLike<number>): Typed => Object.assign(Uint8Array.from(bytes), { kind });

function varint(value: bigint): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest >>= 7n) {
    if (rest < 128n) return [...bytes, Number(rest)];
    bytes.push(Number(rest & 127n) | 128);
  }
}

const zigzag = (value: number): number[] => varint(BigInt.asUintN(64, (BigInt(value) << 1n) ^ (BigInt(value) >> 63n)));

export const thrift = {
  i32: (value: number): Typed => typed(5, zigzag(value)),
  i64: (value: number): Typed => typed(6, zigzag(value)),
  text(value: string): Typed {
    const bytes = new TextEncoder().encode(value);
    return typed(8, [...varint(BigInt(bytes.length)), ...bytes]);
  },
};

export function struct(fields: Readonly<Record<number, Typed>>): Typed {
  const bytes: number[] = [];
  let last = 0;
  for (const [id, value] of Object.entries(fields)) {
    bytes.push(((Number(id) - last) << 4) | (value.kind ?? 12));
    last = Number(id);
    for (const byte of value) bytes.push(byte);
  }
  bytes.push(0);
  return typed(12, bytes);
}

/** Of structs. */
export function list(items: readonly Uint8Array[]): Typed {
  const head = [0xf0 | 12, ...varint(BigInt(items.length))];
  const bytes = new Uint8Array(items.reduce((sum, item) => sum + item.length, head.length));
  bytes.set(head);
  let offset = head.length;
  for (const item of items) {
    bytes.set(item, offset);
    offset += item.length;
  }
  return typed(9, bytes);
}

/** A file of some data and this footer. */
export function footerWith(footer: Uint8Array, data = new Uint8Array(200)): Uint8Array {
  const bytes = new Uint8Array(4 + data.length + footer.length + 8);
  const mark = new TextEncoder().encode('PAR1');
  bytes.set(mark);
  bytes.set(data, 4);
  bytes.set(footer, 4 + data.length);
  new DataView(bytes.buffer).setUint32(bytes.length - 8, footer.length, true);
  bytes.set(mark, bytes.length - 4);
  return bytes;
}
