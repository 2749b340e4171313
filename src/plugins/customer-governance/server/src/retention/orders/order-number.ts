import { sequenceNumber } from '../../sequence-number';

/** `D-2030-00042`: the 42nd destruction order of the year. */
const numbers = sequenceNumber('D', 5);

export const orderPrefix = numbers.ofYear;
export const nextOrderNumber = numbers.next;

/** A certificate bears the number of its order, so that there can be only one. */
export const certificateNumber = (orderNumber: string) => orderNumber.replace(/^D-/, 'DC-');
