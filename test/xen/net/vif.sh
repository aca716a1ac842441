#!/bin/sh
# xl's hotplug script, in a dom0 without those of Xen's: a vif becomes a port of its bridge.
export PATH=/bin
[ "$1" = online ] || exit 0
ip link set $vif master $(xenstore read $XENBUS_PATH/bridge)
ip link set $vif up
xenstore write $XENBUS_PATH/hotplug-status connected
