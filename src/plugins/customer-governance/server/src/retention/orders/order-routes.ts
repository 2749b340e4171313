import { adminRoute, type AdminAction, type Route } from '../../domain';

const ORDERS = '/destruction-orders';
const ORDER = `${ORDERS}/:documentId`;
const TASK = '/destruction-tasks/:documentId';
const CERTIFICATE = '/destruction-certificates/:documentId';

const read = (path: string, handler: string) =>
  adminRoute('GET', path, `destruction.${handler}`, 'retention.read');
const act = (path: string, handler: string, permission: string) =>
  adminRoute('POST', path, `destruction.${handler}`, permission);

/** The panel's routes of destruction orders. Who of those with the permission may act on an order is the service's. */
export const orderRoutes: Route[] = [
  read(ORDERS, 'find'),
  read(ORDER, 'findOne'),
  read(`${ORDER}/items`, 'findItems'),
  act(ORDERS, 'propose', 'retention.propose'),
  act(`${ORDER}/cancel`, 'cancel', 'retention.propose'),
  act(`${ORDER}/add`, 'add', 'retention.review'),
  act(`${ORDER}/take-out`, 'takeOut', 'retention.review'),
  act(`${ORDER}/tasks`, 'addTask', 'retention.review'),
  act(`${ORDER}/submit`, 'submit', 'retention.review'),
  act(`${ORDER}/schedule`, 'schedule', 'retention.review'),
  act(`${ORDER}/confirm`, 'confirm', 'retention.execute'),
  act(`${ORDER}/supervise`, 'supervise', 'retention.supervise'),
  act(`${ORDER}/pause`, 'pause', 'retention.execute'),
  act(`${ORDER}/resume`, 'resume', 'retention.execute'),
  // What one is responsible for, whatever one's role.
  adminRoute('GET', '/destruction-tasks', 'destruction.findMyTasks', null),
  adminRoute('POST', `${TASK}/confirm`, 'destruction.confirmTask', null),
  act(`${TASK}/reassign`, 'reassignTask', 'retention.review'),
  act(`${TASK}/remove`, 'removeTask', 'retention.review'),
  act('/retention/people', 'findPeople', 'retention.review'),
  read(CERTIFICATE, 'findCertificate'),
  read(`${CERTIFICATE}/file`, 'downloadCertificate'),
];

/** What of orders a role may do. */
export const orderActions: AdminAction[] = [
  {
    uid: 'retention.propose',
    displayName: 'Propose and cancel destruction',
    subCategory: 'retention',
  },
  {
    uid: 'retention.review',
    displayName: 'Review destruction orders and put them before leadership',
    subCategory: 'retention',
  },
  { uid: 'retention.execute', displayName: 'Carry out destruction', subCategory: 'retention' },
  {
    uid: 'retention.supervise',
    displayName: 'Watch over destruction as the second person',
    subCategory: 'retention',
  },
];
