export const id = 843;
export const ids = [843];
export const modules = {

/***/ 12843:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   fs: () => (/* binding */ fs),
/* harmony export */   fsRestore: () => (/* binding */ fsRestore),
/* harmony export */   s3: () => (/* binding */ s3),
/* harmony export */   s3Restore: () => (/* binding */ s3Restore)
/* harmony export */ });
/* harmony import */ var _inputs_authorities_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(35521);
/* harmony import */ var _search_settings_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(87679);
/* harmony import */ var _snapshot_backup_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1164);
/* harmony import */ var _snapshot_restore_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(11884);
/** The search strategies that have the server take a snapshot: of a folder, and of a bucket. */




const fs = backupInto('fs');
const s3 = backupInto('s3');
const fsRestore = restoreFrom('fs');
const s3Restore = restoreFrom('s3');
function backupInto(strategy) {
    return {
        read: (inputs) => {
            const ca = (0,_inputs_authorities_js__WEBPACK_IMPORTED_MODULE_0__/* .readAuthorities */ .G)(inputs);
            const settings = (0,_search_settings_js__WEBPACK_IMPORTED_MODULE_1__/* .readSearchSettings */ .m)(inputs, { strategy, action: 'backup', ca });
            return { create: (context) => new _snapshot_backup_js__WEBPACK_IMPORTED_MODULE_2__/* .SnapshotBackup */ .h(settings, context) };
        },
    };
}
function restoreFrom(strategy) {
    return {
        read: (inputs) => {
            const ca = (0,_inputs_authorities_js__WEBPACK_IMPORTED_MODULE_0__/* .readAuthorities */ .G)(inputs);
            const settings = (0,_search_settings_js__WEBPACK_IMPORTED_MODULE_1__/* .readSearchSettings */ .m)(inputs, { strategy, action: 'restore', ca });
            return { create: (context) => new _snapshot_restore_js__WEBPACK_IMPORTED_MODULE_3__/* .SnapshotRestore */ .l(settings, context) };
        },
    };
}


/***/ })

};
