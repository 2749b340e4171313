import * as React from 'react';

import { Layouts, Page } from '@strapi/strapi/admin';
import { Navigate, Route, Routes } from 'react-router-dom';

import { GovernanceNav, NarrowNav, usePermittedPages } from '../components/GovernanceNav';
import { PAGE_PERMISSIONS, REQUEST_PERMISSIONS, type GovernancePage } from '../permissions';
import { AnomaliesPage } from './Anomalies/AnomaliesPage';
import { ApprovalsPage } from './Approvals/ApprovalsPage';
import { AuditPage } from './Audit/AuditPage';
import { AuditDetailPage } from './Audits/AuditDetailPage';
import { AuditsPage } from './Audits/AuditsPage';
import { FindingPage } from './Audits/FindingPage';
import { ReportPage } from './Audits/ReportPage';
import { FilingPage } from './Filing/FilingPage';
import { ImportPage } from './Imports/ImportPage';
import { ImportsPage } from './Imports/ImportsPage';
import { MyRequestsPage } from './MyRequests/MyRequestsPage';
import { RequestPage } from './MyRequests/RequestPage';
import { BackupPage } from './Backup/BackupPage';
import { CollectionPage } from './Collection/CollectionPage';
import { DataMapPage } from './DataMap/DataMapPage';
import { DuplicatesPage } from './Duplicates/DuplicatesPage';
import { pagePath } from './navigation';
import { NotificationsPage } from './Notifications/NotificationsPage';
import { OverviewPage } from './Overview/OverviewPage';
import { RegisterPage } from './Register/RegisterPage';
import { CertificatePage } from './Retention/CertificatePage';
import { OrderPage } from './Retention/Orders/OrderPage';
import { RetentionPage } from './Retention/RetentionPage';
import { VerificationPage } from './Verification/VerificationPage';

const guarded = (page: GovernancePage, content: React.ReactNode) => (
  // Keyed, so that the check of one page is never taken for that of another.
  <Page.Protect key={page} permissions={PAGE_PERMISSIONS[page]}>
    {content}
  </Page.Protect>
);

/** Leads to the first page that the user may open. */
const Landing = () => {
  const [first] = usePermittedPages();
  return first ? <Navigate to={pagePath(first)} replace /> : <Page.NoPermissions />;
};

/** The governance pages behind the menu link. */
const App = () => (
  <Layouts.Root sideNav={<GovernanceNav />}>
    <NarrowNav />
    <Routes>
      <Route index element={<Landing />} />
      <Route path="overview" element={guarded('overview', <OverviewPage />)} />
      <Route path="approvals" element={guarded('approvals', <ApprovalsPage />)} />
      <Route path="requests" element={guarded('requests', <MyRequestsPage />)} />
      <Route path="notifications" element={guarded('notifications', <NotificationsPage />)} />
      <Route
        path="requests/:documentId"
        element={
          <Page.Protect key="request" permissions={REQUEST_PERMISSIONS}>
            <RequestPage />
          </Page.Protect>
        }
      />
      {/* What one is to destroy by hand is for everybody who is responsible for it, as findings are. */}
      <Route path="retention" element={<RetentionPage />} />
      <Route path="retention/orders/:documentId" element={guarded('retention', <OrderPage />)} />
      <Route
        path="retention/certificates/:documentId"
        element={guarded('retention', <CertificatePage />)}
      />
      <Route path="filing" element={guarded('filing', <FilingPage />)} />
      <Route path="register" element={guarded('register', <RegisterPage />)} />
      <Route path="imports" element={guarded('imports', <ImportsPage />)} />
      <Route path="imports/:documentId" element={guarded('imports', <ImportPage />)} />
      <Route path="anomalies" element={guarded('anomalies', <AnomaliesPage />)} />
      <Route path="collection" element={guarded('collection', <CollectionPage />)} />
      <Route path="duplicates" element={guarded('duplicates', <DuplicatesPage />)} />
      <Route path="verification" element={guarded('verification', <VerificationPage />)} />
      <Route path="data-map" element={guarded('data-map', <DataMapPage />)} />
      <Route path="backup" element={guarded('backup', <BackupPage />)} />
      <Route path="audit" element={guarded('audit', <AuditPage />)} />
      {/* Their own findings are for everybody who is responsible for one: the server looks whose they are. */}
      <Route path="audits" element={<AuditsPage />} />
      <Route path="audits/findings/:documentId" element={<FindingPage />} />
      <Route path="audits/:documentId" element={guarded('audits', <AuditDetailPage />)} />
      <Route path="audits/:documentId/report" element={guarded('audits', <ReportPage />)} />
      <Route path="*" element={<Landing />} />
    </Routes>
  </Layouts.Root>
);

export default App;
