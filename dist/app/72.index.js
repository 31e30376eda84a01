export const id = 72;
export const ids = [72];
export const modules = {

/***/ 62072:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createNone: () => (/* binding */ createNone),
/* harmony export */   none: () => (/* binding */ none)
/* harmony export */ });
const REASON = "database-strategy is 'none'";
const none = {
    read: () => ({ create: () => createNone() }),
};
function createNone() {
    const left = { strategy: 'none', included: false, members: [], details: { reason: REASON } };
    const captured = {
        settle: async (signal) => {
            signal.throwIfAborted();
            return await Promise.resolve(left);
        },
        discard: async () => {
            await Promise.resolve();
        },
    };
    return {
        name: 'none',
        atomic: true,
        preflight: async () => await Promise.resolve([]),
        spaceNeeds: async () => await Promise.resolve([]),
        prepare: async (signal) => {
            await Promise.resolve();
            signal.throwIfAborted();
        },
        capture: async (signal) => {
            signal.throwIfAborted();
            return await Promise.resolve(captured);
        },
    };
}


/***/ })

};
