export const id = 550;
export const ids = [550];
export const modules = {

/***/ 77550:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   none: () => (/* binding */ none)
/* harmony export */ });
const none = {
    read: () => ({ create: () => new NoHomeBackup() }),
};
const LEFT_OUT = {
    strategy: 'none',
    included: false,
    members: [],
    details: { reason: "home-strategy is 'none'" },
};
class NoHomeBackup {
    name = 'none';
    atomic = true;
    async preflight() {
        return await Promise.resolve([]);
    }
    async spaceNeeds() {
        return await Promise.resolve([]);
    }
    async prepare(signal) {
        await Promise.resolve();
        signal.throwIfAborted();
    }
    async capture(signal) {
        await this.prepare(signal);
        return {
            settle: async (settling) => {
                await this.prepare(settling);
                return LEFT_OUT;
            },
            discard: async () => {
                await Promise.resolve();
            },
        };
    }
}


/***/ })

};
