"""The monthly digest by mail: `subscribing` takes addresses in and lets them go, `sending` writes the mails."""
