using System.Security.Cryptography;

namespace Galley.Content;

/// <summary>Everything that nobody may guess. One class, so that two servers under test can be given the same dice.</summary>
internal class Randomness
{
    /// <summary>A version 4 UUID: it carries no time and no order, so it tells nobody when a story was made.</summary>
    public virtual Guid NewPublicId() => Guid.NewGuid();

    public virtual byte[] NewSecret() => RandomNumberGenerator.GetBytes(32);

    /// <summary>Letters and digits for a key or a token.</summary>
    public virtual string NewText(int length) => RandomNumberGenerator.GetString("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", length);
}
