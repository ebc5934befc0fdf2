# A hub for a class on one machine: jupyterhub --config classroom/jupyterhub_config.py. See hub.md beside this file.
