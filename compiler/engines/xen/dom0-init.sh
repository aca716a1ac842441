#!/bin/sh
# dom0's /init: starts Xen's tool stack, unpacks the first disk (a tar) as /guest, runs /guest/run.sh with the second
# serial line as its terminal, writes /guest/results as a tar to the second disk, and powers off.
export PATH=/bin:$(echo /usr/lib/xen-4.*/bin)
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev
mount -t tmpfs t /tmp; mkdir -p /dev/pts; mount -t devpts devpts /dev/pts; mount -t tmpfs run /run
mkdir -p /run/xen /run/xenstored /run/lock /var/lib/xen /var/lib/xenstored /var/lock
# On the bridges of vifs, dom0 says nothing by itself.
echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6
while read -r module; do insmod /mods/$module; done < /mods/order
mount -t xenfs xenfs /proc/xen
xenstored --pid-file=/run/xenstored.pid
while [ ! -S /run/xenstored/socket ] && [ $((tries = tries + 1)) -lt 50 ]; do sleep 0.1; done
xen-init-dom0 > /dev/null
xenconsoled --pid-file=/run/xenconsoled.pid --log=guest
mkdir -p /guest/results
tar -x -C /guest -f /dev/vda
cd /guest
stty -F /dev/ttyS1 raw -echo 115200
sh run.sh < /dev/ttyS1 > /dev/ttyS1 2> results/stderr
tar -c -C /guest -f /dev/vdb results
sync
poweroff -f
