using Galley.Content;

namespace Galley.Tests.Embargo;

/// <summary>Dice that fall alike for the same command on both servers, so that an article has the same public id and what still differs are internal row ids.</summary>
internal sealed class SeededDice : Randomness
{
    private Random _random = new(0);
    private Guid? _model;

    /// <summary>The dice of one command; with <paramref name="model"/> the next id has that id's first and last digits, which slugs and positions are made of.</summary>
    public void Load(int seed, Guid? model = null) => (_random, _model) = (new Random(seed), model);

    public override Guid NewPublicId()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        if (_model is { } model)
        {
            var copied = model.ToByteArray(bigEndian: true);
            copied.AsSpan(0, 4).CopyTo(bytes);
            copied.AsSpan(13, 3).CopyTo(bytes[13..]);
        }

        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public override byte[] NewSecret()
    {
        var secret = new byte[32];
        _random.NextBytes(secret);
        return secret;
    }

    public override string NewText(int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)('a' + _random.Next(26)))]);
}
