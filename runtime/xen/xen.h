/*
 * The part of Xen's public ABI (xen/include/public) that the shim uses, x86-64. Names are Xen's own.
 */
#ifndef XEN_H
#define XEN_H

#include <stdint.h>

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int16_t i16;

#define PAGE_SIZE 4096ul

/* arch-x86/hvm/start_info.h */
#define XEN_HVM_START_MAGIC_VALUE 0x336ec578u
struct hvm_start_info {
    u32 magic, version, flags, nr_modules;
    u64 modlist_paddr, cmdline_paddr, rsdp_paddr, memmap_paddr;
    u32 memmap_entries, reserved;
};
#define XEN_HVM_MEMMAP_TYPE_RAM 1
struct hvm_memmap_table_entry {
    u64 addr, size;
    u32 type, reserved;
};

/* xen.h */
#define __HYPERVISOR_memory_op 12
#define __HYPERVISOR_sched_op 29
#define __HYPERVISOR_event_channel_op 32
#define __HYPERVISOR_hvm_op 34
#define DOMID_SELF 0x7ff0
struct vcpu_time_info {
    u32 version, pad0;
    u64 tsc_timestamp, system_time;
    u32 tsc_to_system_mul;
    int8_t tsc_shift;
    u8 flags, pad1[2];
};
struct vcpu_info {
    u8 evtchn_upcall_pending, evtchn_upcall_mask, pad[6];
    u64 evtchn_pending_sel, cr2, pad1;
    struct vcpu_time_info time;
};
struct shared_info {
    struct vcpu_info vcpu_info[32];
    u64 evtchn_pending[64], evtchn_mask[64];
    u32 wc_version, wc_sec, wc_nsec, wc_sec_hi;
};
_Static_assert(sizeof(struct vcpu_info) == 64, "vcpu_info");

/* memory.h */
#define XENMEM_add_to_physmap 7
#define XENMAPSPACE_shared_info 0
#define XENMAPSPACE_grant_table 1
struct xen_add_to_physmap {
    u16 domid, size;
    u32 space;
    u64 idx, gpfn;
};

/* sched.h */
#define SCHEDOP_shutdown 2
#define SCHEDOP_poll 3
#define SHUTDOWN_poweroff 0
#define SHUTDOWN_reboot 1
#define SHUTDOWN_crash 3
struct sched_poll {
    const u32 *ports;
    u32 nr_ports, pad;
    u64 timeout;
};

/* event_channel.h */
#define EVTCHNOP_close 3
#define EVTCHNOP_send 4
#define EVTCHNOP_alloc_unbound 6
struct evtchn_alloc_unbound {
    u16 dom, remote_dom;
    u32 port;
};

/* grant_table.h */
#define GNTTAB_NR_RESERVED_ENTRIES 8
#define GTF_permit_access 1
#define GTF_readonly 4
#define GTF_reading 8
#define GTF_writing 16
struct grant_entry_v1 {
    u16 flags, domid;
    u32 frame;
};

/* hvm/hvm_op.h, hvm/params.h */
#define HVMOP_get_param 1
#define HVM_PARAM_STORE_PFN 1
#define HVM_PARAM_STORE_EVTCHN 2
#define HVM_PARAM_CONSOLE_PFN 17
#define HVM_PARAM_CONSOLE_EVTCHN 18
struct xen_hvm_param {
    u16 domid, pad;
    u32 index;
    u64 value;
};

/* io/console.h */
struct xencons_interface {
    char in[1024], out[2048];
    u32 in_cons, in_prod, out_cons, out_prod;
};

/* io/xs_wire.h */
enum { XS_READ = 2, XS_WATCH = 4, XS_WRITE = 11, XS_WATCH_EVENT = 15, XS_ERROR = 16 };
#define XENSTORE_PAYLOAD_MAX 4096
struct xsd_sockmsg {
    u32 type, req_id, tx_id, len;
};
struct xenstore_domain_interface {
    char req[1024], rsp[1024];
    u32 req_cons, req_prod, rsp_cons, rsp_prod;
};

/* io/ring.h: DEFINE_RING_TYPES */
struct ring_page {
    u32 req_prod, req_event, rsp_prod, rsp_event;
    u8 pad[48], entries[];
};

/* io/netif.h: requests and responses share the entries of a ring. */
#define NETIF_TX_ENTRY 12
struct netif_tx_request {
    u32 gref;
    u16 offset, flags, id, size;
};
struct netif_tx_response {
    u16 id;
    i16 status;
};
#define NETIF_RX_ENTRY 8
struct netif_rx_request {
    u16 id, pad;
    u32 gref;
};
/* A negative status is an error, else it is a size. */
struct netif_rx_response {
    u16 id, offset, flags;
    i16 status;
};
#define NETRXF_data_validated 1
#define NETRXF_csum_blank 2
#define NETRXF_more_data 4
#define NETRXF_extra_info 8
_Static_assert(sizeof(struct netif_tx_request) == NETIF_TX_ENTRY && sizeof(struct netif_rx_request) == NETIF_RX_ENTRY, "netif");

#endif
