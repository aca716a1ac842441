#!/bin/bash
# build-dom0.sh OUT KERNEL XEN: makes the initramfs of dom0 from this machine's packages: busybox, xl with its libraries, modules.
set -e
here=$(cd "$(dirname "$0")" && pwd)
kernel=$2
xen=/usr/lib/xen-$3
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT
mkdir -p "$root"/{bin,proc,sys,dev,tmp,run,mods,etc/xen/scripts,lib/x86_64-linux-gnu,guest,var/lib,var/log/xen/console} "$root$xen"
ln -s /run "$root/var/run"
cp "$(command -v busybox)" "$root/bin/busybox"
# busybox lists itself: a link to itself would make /bin/sh unrunnable
for applet in $("$root/bin/busybox" --list | grep -vx busybox); do ln -sf busybox "$root/bin/$applet"; done
cp -a "$xen/bin" "$root$xen/"
cp /usr/bin/xenstore "$root/bin/xenstore"
ln -s xenstore "$root/bin/xenstore-ls"
# In the order in which they need each other.
modprobe --show-depends -a -S "$kernel" xen-evtchn xen-gntdev xen-gntalloc xen-privcmd xenfs virtio_pci virtio_blk virtio_net bridge \
  xen-netback xen-blkback loop tun | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' |
  while read -r file; do
    case $file in *.xz) xz -dc "$file" > "$root/mods/$(basename "$file" .xz)" ;; *) cp "$file" "$root/mods/" ;; esac
    basename "$file" .xz >> "$root/mods/order"
  done
for program in "$root$xen"/bin/* "$root/bin/xenstore"; do ldd "$program" 2> /dev/null | tr ' \t' '\n\n' | grep '^/' || true; done | sort -u |
  while read -r library; do mkdir -p "$root$(dirname "$library")"; cp -L "$library" "$root$library"; done
# xl aborts in pthread_cancel without it
cp -L /lib/x86_64-linux-gnu/libgcc_s.so.1 "$root/lib/x86_64-linux-gnu/"
: > "$root/etc/xen/xl.conf"
install -m 755 "$here/dom0-init.sh" "$root/init"
install -m 755 "$here/dom0-vif.sh" "$root/etc/xen/scripts/vif-bridge"
(cd "$root" && find . | LC_ALL=C sort | cpio -o -H newc 2> /dev/null | gzip -1) > "$1"
