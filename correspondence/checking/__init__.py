"""What `manage.py check_mail` looks at: each check yields findings, sends nothing and changes nothing."""
